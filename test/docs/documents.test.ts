import { globSync, readFileSync } from 'node:fs'
import { parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'
import { blocksOf } from './blocks.ts'

const pages = ['README.md', ...globSync('docs/**/*.md')]
const documents = (page: string): string[] => blocksOf(page, 'graphql')

test.each(pages.flatMap((page) => documents(page).map((text, index) => [page, index + 1, text] as const)))(
  '%s: operation %i is valid against the schema',
  (_page, _index, text) => {
    expect(validate(schema, parse(text))).toEqual([])
  },
)

describe('README.md with the sandbox', () => {
  let server: SandboxServer
  beforeAll(async () => {
    server = await openSandboxServer()
  }, 60_000)
  afterAll(() => server?.close())

  const readme = readFileSync('README.md', 'utf8')
  async function sendQuery(body: object): Promise<Record<string, Record<string, unknown>>> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(server.graphqlUrl, { method: 'POST', headers, body: JSON.stringify(body) })
    const { data, errors } = (await response.json()) as {
      data: Record<string, Record<string, unknown>>
      errors?: unknown
    }
    expect(errors).toBeUndefined()
    return data
  }

  test('shows the response to its query', async () => {
    const body = /-d '(\{"query".*?\})'\n/s.exec(readme)![1]!
    const shown = /```json\n(\{"data".*?)```/s.exec(readme)![1]!
    expect(await sendQuery(JSON.parse(body) as object)).toEqual((JSON.parse(shown) as { data: object }).data)
  })

  test('has mutations that create a conference and start it', async () => {
    const [create, run] = documents('README.md') as [string, string]
    const { createConference } = await sendQuery({ query: create })
    expect(createConference).toMatchObject({ outcome: 'SUCCEEDED' })
    const { id } = createConference!['conference'] as { id: string }
    const response = await sendQuery({ query: run, variables: { id } })
    expect(Object.values(response)).toMatchObject([{ outcome: 'SUCCEEDED', problems: [] }])
  })
})
