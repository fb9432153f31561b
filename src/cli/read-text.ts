import { readFileSync } from 'node:fs'
import { UsageError } from './exit.ts'

/** The text of a file; of standard input where it is `-`. Throws UsageError. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw unreadable(file, error)
  }
}

export const unreadable = (file: string, error: unknown): UsageError =>
  new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`)
