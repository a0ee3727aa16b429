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
      const columns = [median(values), Math.min(...values), Math.max(...values)].map((value) => value.toFixed(2).padStart(8));
      console.log(`${`${name} (${unit})`.padEnd(58)} ${columns.join(' ')}  ${values.length}`);
    }
  }
}

/** @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
