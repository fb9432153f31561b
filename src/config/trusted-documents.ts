import { resolve } from 'node:path'
import { z } from 'zod'
import { sanitizeText } from '../core/errors.ts'
import { documentModes, type DocumentPath, type DocumentSettings } from '../documents/document-settings.ts'

/** Schema of `documents`. The paths are those of the configuration. */
export const documents = z.strictObject({
  mode: z.enum(documentModes).default('off'),
  from: z.array(z.string().min(1, 'must not be empty. Set the path of a file or folder.')).default([]),
})

/** Returns the settings with absolute paths. */
export function resolveDocumentPaths({ mode, from }: z.infer<typeof documents>, directory: string): DocumentSettings {
  return { mode, from: from.map((path) => resolveDocumentPath(path, directory)) }
}

/** Returns a path of the configuration as an absolute path. */
export function resolveDocumentPath(path: string, directory: string): DocumentPath {
  return { name: sanitizeText(path), path: resolve(directory, path) }
}
