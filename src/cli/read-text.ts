import { readTextFile } from '../core/text-file.ts'
import { UsageError } from './exit.ts'

/** Reads a file, or standard input if `file` is `-`. @throws UsageError if it cannot be read. */
export function readText(file: string): string {
  try {
    return readTextFile(file === '-' ? 0 : file)
  } catch (error) {
    throw createUnreadableFileError(file, error)
  }
}

export const createUnreadableFileError = (file: string, error: unknown): UsageError =>
  new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`)
