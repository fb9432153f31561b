import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildOwnTool } from '../../src/mcp/own-tool.ts'
import { outcomeSelection } from '../../src/mcp/outcome-fields.ts'
import type { Tool } from '../../src/mcp/tool.ts'
import { schema } from '../../src/schema/index.ts'

const build = (text: string): Tool => {
  const built = buildOwnTool(schema, 'tool', text)
  if (Array.isArray(built)) throw new Error(built.map(({ reason }) => reason).join('\n'))
  return built
}

const listErrors = (text: string): string[] => {
  const built = buildOwnTool(schema, 'tool', text)
  return Array.isArray(built) ? built.map(({ line, reason }) => `${line}: ${reason}`) : []
}

/** A mutation with this selection of its payload. */
const createMutation = (selection: string): string => `"Ends a conference."
mutation end_it($key: String!, $id: ID!) {
  done: endConference(input: { idempotencyKey: $key, conferenceId: $id }) { ${selection} }
}`

const getText = (tool: Tool): string => tool.document.prepared.key.replaceAll(/\s+/g, ' ')

describe('buildOwnTool', () => {
  test('keeps a query and a mutation with all fields of the outcome as they are', () => {
    const query = '"Lists."\nquery list_them { accounts { key } } # a comment'
    expect(build(query).document.prepared.key).toBe(query)
    const mutation = createMutation(outcomeSelection)
    expect(build(mutation).document.prepared.key).toBe(mutation)
  })

  test.each([
    ['another field', 'conference { id }'],
    ['an alias', 'result: outcome'],
    ['a part of a field', 'outcome replayed problems { code } operation { id }'],
    ['a directive', 'outcome @include(if: true)'],
    ['a fragment', '...More'],
  ])('adds the fields of the outcome to a mutation with %s', (_, selection) => {
    const fragment = 'fragment More on EndConferencePayload { outcome problems { kind } operation { mutation } }'
    const tool = build(createMutation(selection) + (selection === '...More' ? fragment : ''))
    const { done } = tool.outputSchema.properties!
    expect(done!.required).toEqual(expect.arrayContaining(['outcome', 'replayed', 'problems', 'operation']))
    const { problems } = done!.properties!
    expect(problems!.items!.required).toEqual(
      expect.arrayContaining(['code', 'message', 'path', 'retryable', 'retryAt']),
    )
    expect(tool.description).toBe('Ends a conference.')
    expect(tool.name).toBe('end_it')
  })

  test('adds only the fields that are missing', () => {
    const selection = 'outcome replayed problems { code message path retryable retryAt }'
    expect(getText(build(createMutation(selection)))).toContain(`${selection} operation { id } }`)
  })

  test('adds the fields to every mutation of a document', () => {
    const tool = build(`"Ends two."
mutation end_two($key: String!, $other: String!) {
  __typename
  one: endConference(input: { idempotencyKey: $key, conferenceId: "x" }) { outcome }
  two: endConference(input: { idempotencyKey: $other, conferenceId: "y" }) { replayed }
}`)
    const { one, two } = tool.outputSchema.properties!
    expect(Object.keys(one!.properties!)).toEqual(['outcome', 'replayed', 'problems', 'operation'])
    expect(Object.keys(two!.properties!).toSorted()).toEqual(Object.keys(one!.properties!).toSorted())
  })

  test.each(['outcome: replayed', 'problems { code: message }', 'operation { id: mutation }'])(
    'rejects aliases that conflict with the fields of the outcome: %s',
    (selection) =>
      expect(listErrors(createMutation(selection))).toEqual([
        expect.stringMatching(/Aliases .* must not conflict .* outcome replayed problems/),
      ]),
  )

  test.each([
    [
      'as a field',
      '"Starts." mutation start($k: String!) { runConference(input: {idempotencyKey: $k, conferenceId: "x"}) {\nstartUrl } }',
    ],
    [
      'under an alias',
      '"Starts." mutation start($k: String!) { runConference(input: {idempotencyKey: $k, conferenceId: "x"}) {\nlink: startUrl } }',
    ],
    [
      'in a fragment',
      '"Starts." mutation start($k: String!) { runConference(input: {idempotencyKey: $k, conferenceId: "x"}) { ...R } }\nfragment R on RunConferencePayload { startUrl }',
    ],
    [
      'in an inline fragment',
      '"Starts." mutation start($k: String!) { runConference(input: {idempotencyKey: $k, conferenceId: "x"}) {\n... @include(if: true) { startUrl } } }',
    ],
  ])('[M14] rejects startUrl %s', (_, text) =>
    expect(listErrors(text)).toEqual([expect.stringMatching(/^2: "startUrl" returns a credential/)]),
  )

  test('[M14] rejects issueUserToken, uploadFile, and links to recordings', () => {
    const token = '"Issues." mutation issue($i: IssueUserTokenInput!) { issueUserToken(input: $i) { outcome } }'
    expect(listErrors(token)).toEqual([expect.stringMatching(/^1: "issueUserToken" returns a credential/)])
    const upload = '"Uploads." mutation up($i: UploadFileInput!) { uploadFile(input: $i) { outcome } }'
    expect(listErrors(upload)).toEqual([expect.stringMatching(/^1: "uploadFile" requires a file/)])
    const links = '"Lists." query links { recordings { nodes { d: downloadUrl } } }'
    expect(listErrors(links)).toEqual([expect.stringMatching(/^1: "downloadUrl" returns a credential/)])
  })

  test('rejects every field that the schema describes as a credential', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => 'getFields' in type)
    const fields = types.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    const credentials = fields
      .filter(({ field }) => field.description?.includes('A credential:'))
      .map(({ type, field }) => `${type.name}.${field.name}`)
    // The payload of issueUserToken has the token.
    expect(credentials.toSorted()).toEqual([
      'IssueUserTokenPayload.token',
      'Recording.downloadUrl',
      'RunConferencePayload.startUrl',
    ])
    const fileFields = fields.filter(({ field }) => String(field.type) === 'File!')
    expect(fileFields.map(({ type }) => type.name)).toEqual(['UploadFileInput'])
  })

  const requiresKey = /^2: "endConference" must have idempotencyKey: \$idempotencyKey in its input/
  test.each([
    ['no key', '($id: ID!) {\nendConference(input: {conferenceId: $id})', requiresKey],
    ['a fixed key', '($id: ID!) {\nendConference(input: {conferenceId: $id, idempotencyKey: "12345678"})', requiresKey],
    ['a null key', '($id: ID!) {\nendConference(input: {conferenceId: $id, idempotencyKey: null})', requiresKey],
    [
      'a key that can be null',
      '($k: String) {\nendConference(input: {conferenceId: "x", idempotencyKey: $k})',
      requiresKey,
    ],
    [
      'a key with a default',
      '($k: String! = "12345678") {\nendConference(input: {conferenceId: "x", idempotencyKey: $k})',
      requiresKey,
    ],
    [
      'its whole input in a variable',
      '($input: EndConferenceInput!) {\nendConference(input: $input)',
      /^2: "endConference" must have an object as its input.* instead of the variable \$input\./,
    ],
    [
      'a key in one of two inputs',
      '($k: String!) { one: endConference(input: {conferenceId: "x", idempotencyKey: $k}) { outcome }\ntwo: endConference(input: {conferenceId: "y"})',
      requiresKey,
    ],
    [
      'one key for two calls',
      '($k: String!) { one: endConference(input: {conferenceId: "x", idempotencyKey: $k}) { outcome }\ntwo: endConference(input: {conferenceId: "y", idempotencyKey: $k})',
      /^2: "endConference" must have a different variable as its idempotencyKey in each use/,
    ],
  ])('[M14] rejects a mutation with %s', (_, start, reason) =>
    expect(listErrors(`"Ends." mutation end_it${start} { outcome } }`)).toEqual([expect.stringMatching(reason)]),
  )

  test('reports all errors of a document', () => {
    const errors = listErrors('mutation end_it {\nendConference(input: {conferenceId: "x"}) {\nnope } }')
    expect(errors).toEqual([
      expect.stringMatching(/^3: Cannot query field "nope"/),
      expect.stringMatching(/^2: "endConference" must have idempotencyKey/),
    ])
    expect(listErrors('{')).toEqual([expect.stringMatching(/Syntax Error/)])
  })

  test('accepts the documents of the built-in tools without a change', () => {
    const folder = new URL('../../src/mcp/builtin/', import.meta.url)
    const texts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
    expect(texts.map((text) => build(text).document.prepared.key)).toEqual(texts)
  })
})
