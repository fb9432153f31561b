import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml'
import { ConfigurationIssues, type SettingPath } from './issues.ts'

/**
 * Parses a configuration file. Returns its settings, undefined if it is not valid YAML, and issues that find the line of a
 * setting.
 *
 * @param name Path of the file, as the user typed it.
 */
export function readDocument(text: string, name: string): { settings: unknown; issues: ConfigurationIssues } {
  const lines = new LineCounter()
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true, lineCounter: lines })
  const getLineNumber = (offset: number) => lines.linePos(offset).line
  const issues = new ConfigurationIssues(name, (path) => getLineNumber(findOffset(document, path)))
  const errors = [...document.errors, ...document.warnings]
  const duplicates = errors.filter(({ code }) => code === 'DUPLICATE_KEY')
  // Only the first syntax error is reported, because it can cause the others.
  const syntaxError = errors.find(({ code }) => code !== 'DUPLICATE_KEY')
  for (const error of [...duplicates, ...(syntaxError ? [syntaxError] : [])])
    issues.addAtLine(
      getLineNumber(error.pos[0]),
      yamlMessages[error.code] ?? `the line is not valid YAML (${error.code}). Correct it.`,
    )
  if (syntaxError) return { settings: undefined, issues }
  visit(document, {
    Alias: (_, { range }) =>
      issues.addAtLine(
        getLineNumber(range?.[0] ?? 0),
        'a value that begins with "*" is an alias, which is not supported. Put the value in quotes.',
      ),
  })
  return { settings: issues.problems.length > duplicates.length ? undefined : (document.toJS() ?? {}), issues }
}

// The parser's messages can contain values of the file, which can be secrets.
const yamlMessages: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'the block has this key twice. Remove one of them.',
  TAB_AS_INDENT: 'the line is indented with a tab. Use spaces.',
  BAD_INDENT: 'the indentation is wrong. Align the line with the other lines of its block.',
  BAD_SCALAR_START: 'the value begins with a character that YAML reserves. Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'the line has a second ": ". Put the value in quotes.',
  MISSING_CHAR: 'a quotation mark, bracket, or colon is missing. Add it.',
  TAG_RESOLVE_FAILED: 'a value that begins with "!" is a tag, which is not supported. Put the value in quotes.',
  BAD_DQ_ESCAPE: 'the value has an invalid backslash escape. Use single quotes, or write \\\\.',
  MULTIPLE_DOCS: 'the file has a second document. Remove the line "---".',
  NON_STRING_KEY: 'the key is not a string. Use a name.',
  RESOURCE_EXHAUSTION: 'the value is nested too deeply. Check the brackets.',
}

/** Returns the offset of a setting. If the file does not have the setting, returns that of its innermost existing parent. */
function findOffset(document: Document, path: SettingPath): number {
  let offset = 0
  let node: unknown = document.contents
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      if (!pair) break
      offset = (isScalar(pair.key) && pair.key.range?.[0]) || offset
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      const entry = node.items[step] as { range?: [number, number, number] } | undefined
      offset = entry?.range?.[0] ?? offset
      node = entry
    } else break
  }
  return offset
}
