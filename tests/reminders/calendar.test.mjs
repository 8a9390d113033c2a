// The sample calendar files in strict parsers of others: npm's ical.js and Python's icalendar, the latter where PYTHON names one that
// has it, as scripts/test.sh does.
// What must be found in a file stands beside it, in the .json that it was made from (tests/reminders/calendar_file.rs).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';

const folder = new URL('./samples/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.ics')).map((name) => name.slice(0, -4));
const text = (file) => readFileSync(new URL(file, folder), 'utf8');
const expected = (name) => JSON.parse(text(`${name}.json`)).expect;

// A due date is the same day wherever the file is opened: on either side of the date line, and where clocks change.
const ZONES = ['Asia/Shanghai', 'Europe/London', 'America/New_York', 'Pacific/Auckland'];

test('there are samples', () => assert.ok(names.length >= 5));

for (const name of names) {
  test(`${name}: lines of 75 octets at most, each ended by CRLF`, () => {
    const lines = text(`${name}.ics`).split('\r\n');
    assert.equal(lines.pop(), '');
    for (const line of lines) {
      assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.ok(!/[\r\n]/.test(line), line);
    }
  });

  test(`${name}: ical.js reads it, and what it writes is the same again`, () => {
    const component = ICAL.parse(text(`${name}.ics`));
    const again = ICAL.parse(ICAL.stringify(component));
    assert.deepEqual(again, component);

    const events = new ICAL.Component(component).getAllSubcomponents('vevent').map((event) => ({
      uid: event.getFirstPropertyValue('uid'),
      start: event.getFirstPropertyValue('dtstart').toString().replace(/:00$/, ''),
      status: event.getFirstPropertyValue('status'),
      alarms: event.getAllSubcomponents('valarm').length,
    }));
    assert.deepEqual(events, expected(name));
  });

  for (const zone of ZONES) {
    test(`${name}: the same days in ${zone}`, () => {
      const script = `
        import ICAL from 'ical.js';
        import { readFileSync } from 'node:fs';
        const component = new ICAL.Component(ICAL.parse(readFileSync(${JSON.stringify(fileURLToPath(new URL(`${name}.ics`, folder)))}, 'utf8')));
        const two = (number) => String(number).padStart(2, '0');
        const starts = component.getAllSubcomponents('vevent').map((event) => {
          const start = event.getFirstPropertyValue('dtstart');
          const date = start.toJSDate();
          const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
          return start.isDate ? day : day + 'T' + two(date.getHours()) + ':' + two(date.getMinutes());
        });
        console.log(JSON.stringify(starts));`;
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: fileURLToPath(new URL('.', import.meta.url)), env: { ...process.env, TZ: zone }, encoding: 'utf8', timeout: 30_000,
      });
      assert.equal(child.status, 0, child.stderr);
      assert.deepEqual(JSON.parse(child.stdout), expected(name).map((event) => event.start));
    });
  }
}

const python = process.env.PYTHON;

test('Python\'s icalendar reads every sample without a complaint', { skip: !python && 'PYTHON names no Python with icalendar' }, () => {
  const script = fileURLToPath(new URL('calendar_check.py', import.meta.url));
  const child = spawnSync(python, [script, fileURLToPath(folder)], { encoding: 'utf8', timeout: 60_000 });
  assert.equal(child.status, 0, child.stdout + child.stderr);
  assert.match(child.stdout, new RegExp(`^${names.length} files`));
});
