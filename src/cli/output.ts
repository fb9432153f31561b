import { stripVTControlCharacters } from 'node:util'
import type { CommandLine, Option } from './command.ts'
import { guardFormula } from './csv-formulas.ts'
import { UsageError } from './exit.ts'

/** Paths of the printed fields, such as `email` and `account.key`. */
export type Columns = readonly string[]

/** Prints rows to stdout. The rows of all calls belong to one table. */
export type WriteRows = (rows: readonly unknown[]) => void

export const outputOptions: Record<string, Option> = {
  json: { description: 'Print one JSON value per line. Default if standard output is not a terminal' },
  csv: {
    description:
      'Print comma-separated values with a header. Text that a spreadsheet would run as a formula begins with an apostrophe',
  },
}

/**
 * Returns the writer for the format that the options select: JSON lines, CSV, or a table.
 *
 * @throws UsageError for `--json` with `--csv`.
 */
export function createWriter(input: CommandLine, columns: Columns): WriteRows {
  if (input.hasFlag('json') && input.hasFlag('csv')) throw new UsageError('"--json" cannot be combined with "--csv".')
  const write = (lines: readonly string[]) => void process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  if (input.hasFlag('csv')) return withHeader(columns, formatCsvCell, (rows) => write(rows.map(formatCsvRow)))
  if (!input.hasFlag('json') && process.stdout.isTTY) return withHeader(columns, formatCell, createTable(write))
  return (rows) => write(rows.map((row) => JSON.stringify(row)))
}

function withHeader(
  columns: Columns,
  format: (value: unknown) => string,
  writeCells: (rows: string[][]) => void,
): WriteRows {
  let isFirst = true
  return (rows) => {
    const cells = rows.map((row) => columns.map((column) => format(getField(row, column))))
    writeCells(isFirst ? [columns.map((column) => column.replace('.key', '')), ...cells] : cells)
    isFirst = false
  }
}

/** Creates the writer of a table. The first call sets the widths of the columns. */
function createTable(write: (lines: string[]) => void): (rows: string[][]) => void {
  let widths: number[] | null = null
  return (rows) => {
    const printable = rows.map((row) => row.map(removeControlCharacters))
    widths ??= printable[0]!.map((_, column) => Math.max(...printable.map((row) => [...row[column]!].length)))
    const pad = (text: string, column: number) => text + ' '.repeat(Math.max(0, widths![column]! - [...text].length))
    write(printable.map((row) => row.map(pad).join('  ').trimEnd()))
  }
}

const getField = (row: unknown, column: string): unknown =>
  column.split('.').reduce((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], row)

const formatCell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Does not guard numbers, because a negative number is not a formula. */
const formatCsvCell = (value: unknown): string => (typeof value === 'string' ? guardFormula(value) : formatCell(value))

/** Formats a row as in RFC 4180, without a line break. Quotes semicolons and tabs, too, because spreadsheets can split there. */
const formatCsvRow = (cells: readonly string[]): string =>
  cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')

/** Removes control characters, because names come from vendors and must not control the terminal. */
const removeControlCharacters = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
