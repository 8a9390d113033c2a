// What the engine writes for a quote: a value on each line, in an order that its reader knows. Texts stand in quotes and escaped,
// as in JSON, so that none goes over its line; an empty line is an option that was not given.

export class Lines {
  /** @param {string} all with a line break before each line and after the last */
  constructor(all) {
    this.all = all;
    this.start = 0;
    this.end = 0;
  }

  /** Goes to the next line and tells whether anything stands there. */
  isGiven() {
    this.start = this.end + 1;
    this.end = this.all.indexOf("\n", this.start);
    return this.end > this.start;
  }

  /** This line's text of the engine's own: a name, a rate, a day, an amount. In these nothing is escaped. */
  here() {
    return this.all.slice(this.start + 1, this.end - 1);
  }

  /** This line's text that people have written. */
  wordsHere() {
    const text = this.here();
    return text.includes("\\") ? /** @type {string} */ (this.data()) : text;
  }

  /** Whatever stands on this line. */
  data() {
    return JSON.parse(this.all.slice(this.start, this.end));
  }

  text() {
    this.isGiven();
    return this.here();
  }

  words() {
    this.isGiven();
    return this.wordsHere();
  }

  count() {
    this.isGiven();
    return Number(this.all.slice(this.start, this.end));
  }

  isTrue() {
    this.isGiven();
    return this.data() === true;
  }

  /**
   * How many there are, and then each.
   *
   * @template T
   * @param {(lines: Lines) => T} read
   */
  list(read) {
    const items = [];
    for (let left = this.count(); left > 0; left -= 1) items.push(read(this));
    return items;
  }
}
