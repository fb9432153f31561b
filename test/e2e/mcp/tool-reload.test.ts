import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { postMessage } from '../../mcp/stage.ts'
import { startProcess, type ServerProcess } from '../../support/server.ts'
import { DocumentFolder } from '../documents/stage.ts'

let sandbox: ZoomSandbox
let folder: DocumentFolder
let server: ServerProcess

beforeAll(async () => {
  sandbox = await startZoom({ seed: { active: 1, inactive: 0, pending: 0 } })
  folder = new DocumentFolder()
  folder.write({
    'a/one.graphql': '"Lists accounts." query one { accounts { key } }',
    'b/two.graphql': '"Lists accounts." query two { accounts { key } }',
    'broken/three.graphql': 'query three { accounts { key } }',
  })
  server = await startProcess({ accounts: { zoom: sandbox.account } })
})
afterAll(async () => {
  await server?.dispose()
  await sandbox?.close()
  folder?.remove()
})

async function reload(mcp: object | null): Promise<Record<string, unknown>> {
  const earlier = findReloads().length
  await server.configure({ accounts: { zoom: sandbox.account }, ...(mcp && { mcp }) })
  server.kill('SIGHUP')
  return vi.waitFor(() => {
    const reloads = findReloads()
    expect(reloads.length).toBeGreaterThan(earlier)
    return reloads[earlier]!
  })
}

const findReloads = () => server.lines().filter(({ msg }) => /^configuration (reloaded|rejected)$/.test(String(msg)))

const listMessage = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

async function listTools(): Promise<string[]> {
  const { json } = await postMessage(`${server.url}/mcp`, listMessage)
  return json.result.tools.map(({ name }: { name: string }) => name)
}

async function getStatus(): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${server.url}/mcp`, { method: 'POST', headers, body: JSON.stringify(listMessage) })).status
}

const configure = (...names: string[]) => ({ builtin: false, tools: names.map((name) => `${folder.path}/${name}`) })

test('a reload of the configuration replaces the tools, or changes nothing if one has an error', async () => {
  expect(await getStatus()).toBe(404)
  expect(await reload(configure('a'))).toMatchObject({ msg: 'configuration reloaded', tools: true, documents: false })
  expect(await listTools()).toEqual(['one'])
  expect(await reload(configure('a', 'b'))).toMatchObject({ tools: true })
  expect(await listTools()).toEqual(['one', 'two'])
  expect(await reload(configure('b', 'broken'))).toMatchObject({
    msg: 'configuration rejected',
    problems: [expect.stringMatching(/\/broken\/three\.graphql:1: three: The operation must have a description/)],
  })
  expect(await listTools()).toEqual(['one', 'two'])
  await reload(null)
  expect(await getStatus()).toBe(404)
})
