/** Figures of a bench, as a table of medians and spread. */

/** Measurements of one figure, by name, in the order in which they were first taken. */
export class Figures {
  readonly #values = new Map<string, { unit: string; values: number[] }>();

  add(name: string, value: number, unit = 's'): void {
    const figure = this.#values.get(name) ?? { unit, values: [] };
    figure.values.push(value);
    this.#values.set(name, figure);
  }

  print(): void {
    console.log(`\n${'figure'.padEnd(58)} ${'median'.padStart(8)} ${'lowest'.padStart(8)} ${'highest'.padStart(8)}  runs`);
    for (const [name, { unit, values }] of this.#values) {
      const sorted = values.toSorted((a, b) => a - b);
      const middle = sorted.length >> 1;
      const median = sorted.length % 2 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
      const columns = [median, sorted[0], sorted.at(-1)].map((value) => (value ?? 0).toFixed(2).padStart(8));
      console.log(`${`${name} (${unit})`.padEnd(58)} ${columns.join(' ')}  ${values.length}`);
    }
  }
}
