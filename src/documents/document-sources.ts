import { readFile } from 'node:fs/promises'
import { getDefaults, serverLimitTable } from '../core/limits.ts'
import { sanitizeText } from '../core/errors.ts'
import { documentIdForm, isDocumentId, normalizeDocumentId } from './document-id.ts'
import type { DocumentFile, DocumentFiles } from './document-files.ts'
import { readManifest, type ManifestEntry } from './manifest.ts'

const { documents: maxDocuments, documentFileBytes: maxFileBytes } = getDefaults(serverLimitTable)

/** A document that a file lists. */
export interface ListedDocument extends ManifestEntry {
  file: SourceFile
}

/** A file with its text, from which the lines of errors are found. */
interface SourceFile {
  name: string
  text: string
  isManifest: boolean
}

export interface DocumentSources {
  /** In the order of the files, once for each ID. */
  documents: readonly ListedDocument[]
  /** One line for each error. */
  problems: readonly string[]
}

/** Reads the documents of files. */
export async function readDocumentSources({ files, problems: earlier }: DocumentFiles): Promise<DocumentSources> {
  const problems = [...earlier]
  const documentById = new Map<string, ListedDocument>()
  for (const file of files) {
    const documents = await readDocumentFile(file)
    if (typeof documents === 'string') problems.push(`${file.name}: ${documents}`)
    else for (const document of documents) addDocument(document, documentById, problems)
  }
  if (documentById.size > maxDocuments)
    problems.push(`The list has ${documentById.size} documents. The limit is ${maxDocuments}. Remove old files.`)
  return { documents: [...documentById.values()], problems }
}

function addDocument(document: ListedDocument, documentById: Map<string, ListedDocument>, problems: string[]): void {
  const { id, text } = document
  if (!isDocumentId(id)) {
    problems.push(formatDocumentProblem(document, `The ID ${documentIdForm}.`))
    return
  }
  const key = normalizeDocumentId(id)
  const first = documentById.get(key)
  if (!first) documentById.set(key, document)
  else if (first.text !== text)
    problems.push(
      formatDocumentProblem(document, `${first.file.name} has another document with this ID. Use a different ID.`),
    )
}

/** Returns why a file cannot be used, if it cannot. */
async function readDocumentFile({ name, path, id, sizeBytes }: DocumentFile): Promise<ListedDocument[] | string> {
  if (sizeBytes > maxFileBytes) return `has more than ${maxFileBytes} bytes. Divide the file.`
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path))
  } catch (error) {
    if (error instanceof TypeError) return 'is not valid UTF-8. Save the file as UTF-8.'
    return `cannot be read (${(error as NodeJS.ErrnoException).code}). Set the path of a file that this process can read.`
  }
  const file = { name, text, isManifest: id === null }
  const entries = id === null ? readManifest(text) : [{ id, text }]
  return typeof entries === 'string' ? entries : entries.map((entry) => ({ ...entry, file }))
}

/**
 * Formats a problem of a document as `file:line: ID: reason`.
 *
 * @param line Line of the problem in the document. Null if the problem concerns the whole document.
 */
export function formatDocumentProblem(
  { id, file }: ListedDocument,
  reason: string,
  line: number | null = null,
): string {
  if (!file.isManifest) return `${file.name}:${line ?? 1}: ${sanitizeText(id)}: ${reason}`
  const position = file.text.indexOf(JSON.stringify(id))
  const ownLine = file.text.slice(0, Math.max(0, position)).split('\n').length
  const place = line === null ? '' : `line ${line} of the document: `
  return `${file.name}:${ownLine}: ${sanitizeText(id)}: ${place}${reason}`
}
