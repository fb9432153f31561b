import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml'
import { ConfigurationIssues, type SettingPath } from './issues.ts'

/** A configuration file as it stands, with the findings that know its lines. `name`: the file as the user calls it. */
export function readDocument(text: string, name: string): { settings: unknown; findings: ConfigurationIssues } {
  const lines = new LineCounter()
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true, lineCounter: lines })
  const getLineNumber = (offset: number) => lines.linePos(offset).line
  const findings = new ConfigurationIssues(name, (path) => getLineNumber(findOffset(document, path)))
  const faults = [...document.errors, ...document.warnings]
  const duplicates = faults.filter(({ code }) => code === 'DUPLICATE_KEY')
  // After a fault of syntax the rest cannot be trusted, and more faults would only be its echoes.
  const syntax = faults.find(({ code }) => code !== 'DUPLICATE_KEY')
  for (const fault of [...duplicates, ...(syntax ? [syntax] : [])])
    findings.addAtLine(
      getLineNumber(fault.pos[0]),
      yamlMessages[fault.code] ?? `not valid YAML (${fault.code}); mend this line`,
    )
  if (syntax) return { settings: undefined, findings }
  visit(document, {
    Alias: (_, { range }) =>
      findings.addAtLine(
        getLineNumber(range?.[0] ?? 0),
        'text begins with *, which makes it an alias; put it in quotes',
      ),
  })
  return { settings: findings.problems.length > duplicates.length ? undefined : (document.toJS() ?? {}), findings }
}

// The parser's own messages may repeat what stands in the file.
const yamlMessages: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'this key stands twice in one block; keep one of them',
  TAB_AS_INDENT: 'a tab is used to indent; use spaces',
  BAD_INDENT: 'the indentation is wrong; bring the line under the others of its block',
  BAD_SCALAR_START: 'text begins with a character that YAML reserves; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " stands in one line; put the text in quotes',
  MISSING_CHAR: 'a quote, bracket or colon is missing; add it',
  TAG_RESOLVE_FAILED: 'a "!" begins a tag that means nothing here; put the text in quotes',
  BAD_DQ_ESCAPE: 'a backslash escape is wrong; use single quotes, or write \\\\',
  MULTIPLE_DOCS: 'a second document begins; take out the "---"',
  NON_STRING_KEY: 'a key is not text; write a name',
  RESOURCE_EXHAUSTION: 'nested too deeply; mend the brackets',
}

/** Where the innermost part of a path that stands in the file begins. */
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
