"""Reads every sample with PyPI's icalendar: no errors, a round trip to the same components, and what is expected of it."""

import json
import sys
from datetime import datetime
from pathlib import Path

from icalendar import Calendar


def start_of(event):
    start = event.decoded("dtstart")
    if isinstance(start, datetime):
        assert start.tzinfo is None, "a floating time"
        return start.strftime("%Y-%m-%dT%H:%M")
    return start.isoformat()


def check(path):
    content = path.read_bytes()
    calendar = Calendar.from_ical(content)
    for component in calendar.walk():
        assert not component.errors, (path.name, component.errors)
    again = Calendar.from_ical(calendar.to_ical())
    assert again == calendar, path.name
    assert str(calendar["version"]) == "2.0" and calendar["prodid"], path.name

    found = [
        {
            "uid": str(event["uid"]),
            "start": start_of(event),
            "status": str(event["status"]),
            "alarms": len(event.walk("valarm")),
        }
        for event in calendar.walk("vevent")
    ]
    sample = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert found == sample["expect"], (path.name, found)
    for event in calendar.walk("vevent"):
        assert event.decoded("dtstamp").strftime("%Y-%m-%d") == sample["options"]["today"], path.name
        assert int(event["sequence"]) == len(sample["events"]), path.name
        for alarm in event.walk("valarm"):
            assert alarm.decoded("trigger") is not None and alarm["description"], path.name


files = sorted(Path(sys.argv[1]).glob("*.ics"))
for file in files:
    check(file)
print(f"{len(files)} files")
