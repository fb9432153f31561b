import { constants, fstatSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { UploadSource } from '../client/node/upload.ts'
import { UsageError } from './exit.ts'
import { createUnreadableFileError } from './read-text.ts'

export interface UploadInput {
  source: UploadSource
  /** Null if the size is known only at the end. */
  sizeBytes: number | null
  /** Whether the bytes can be read again for a retry. */
  isRepeatable: boolean
}

/** `file`: a path, or `-` for standard input, which requires a name. @throws UsageError if the file cannot be read. */
export async function openUploadInput(file: string, name: string | undefined): Promise<UploadInput> {
  if (file === '-') return openStandardInput(name)
  try {
    await access(file, constants.R_OK)
    const found = await stat(file)
    if (found.isFile()) return { source: file, sizeBytes: found.size, isRepeatable: true }
  } catch (error) {
    throw createUnreadableFileError(file, error)
  }
  throw new UsageError(`"${file}" is not a file. To upload from a pipe, write "-" and "--name".`)
}

function openStandardInput(name: string | undefined): UploadInput {
  if (name === undefined) throw new UsageError('"--name" is required to upload from standard input.')
  const found = fstatSync(0)
  if (found.isDirectory()) throw new UsageError('Standard input is a directory. It must be a file or a pipe.')
  return { source: process.stdin, sizeBytes: null, isRepeatable: false }
}
