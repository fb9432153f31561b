import { constants, fstatSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { UploadSource } from '../client/node/upload.ts'
import { UsageError } from './exit.ts'
import { createUnreadableFileError } from './read-text.ts'

export interface UploadInput {
  source: UploadSource
  /** Null if the size is unknown. */
  sizeBytes: number | null
  /** Whether the bytes can be read again for a retry. */
  isRepeatable: boolean
}

/**
 * Opens the file to upload.
 *
 * @param file A path, or `-` for standard input, which requires `name`.
 * @throws UsageError if the file cannot be read.
 */
export async function openUploadInput(file: string, name: string | undefined): Promise<UploadInput> {
  if (file === '-') return openStandardInput(name)
  try {
    await access(file, constants.R_OK)
    const status = await stat(file)
    if (status.isFile()) return { source: file, sizeBytes: status.size, isRepeatable: true }
  } catch (error) {
    throw createUnreadableFileError(file, error)
  }
  throw new UsageError(`"${file}" is not a file. To upload from a pipe, write "-" and "--name".`)
}

function openStandardInput(name: string | undefined): UploadInput {
  if (name === undefined) throw new UsageError('"--name" is required to upload from standard input.')
  if (fstatSync(0).isDirectory()) throw new UsageError('Standard input is a directory. It must be a file or a pipe.')
  return { source: process.stdin, sizeBytes: null, isRepeatable: false }
}
