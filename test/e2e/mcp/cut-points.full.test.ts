import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '../../../src/sandboxes/index.ts'
import { cutPoints, startCutProxy, type CutProxy } from '../../operations/cut-proxy.ts'
import { startProcess, type ServerProcess } from '../../support/server.ts'
import { callTool } from './tool-server.ts'

const vendors = [
  { name: 'zoom', path: /\/users\/[^/]+\/meetings/ },
  { name: 'trueconf', path: /\/conferences/ },
  { name: 'imeetcentral', path: /workspaces/ },
] as const

describe.each(vendors)('create_conference in $name', ({ name, path }) => {
  let sandbox: Awaited<ReturnType<typeof startSandbox<typeof name>>>
  let proxy: CutProxy
  let server: ServerProcess
  let owner: object

  beforeAll(async () => {
    sandbox = await startSandbox(name)
    proxy = await startCutProxy(sandbox.url)
    const account = JSON.parse(JSON.stringify(sandbox.account).replaceAll(sandbox.url, proxy.url)) as object
    server = await startProcess({
      accounts: { account },
      mcp: {},
      limits: { operationDeadline: 4_000, breakerFailures: 1 },
    })
    const { data } = await callTool(server.url, 'list_users', { first: 1 })
    owner = name === 'imeetcentral' ? {} : { owner: { id: data.users.nodes[0].id } }
  })
  afterAll(async () => {
    await server.dispose()
    await proxy.close()
    await sandbox.close()
  })

  test.each(cutPoints)('says what to do next, and creates at most one, if the connection is cut: %s', async (point) => {
    const count = () => sandbox.effects.filter(({ kind }) => kind.startsWith('create')).length
    const before = count()
    if (point === 'refused connection') await proxy.stopListening()
    else proxy.cut(point, { method: 'POST', path }, () => {})
    const input = { idempotencyKey: randomUUID(), account: 'account', title: 'Planning', ...owner }
    const { data, texts, isError } = await callTool(server.url, 'create_conference', input)
    if (point === 'refused connection') await proxy.accept()
    else expect(proxy.hasCut()).toBe(true)
    const { outcome, operation } = data.createConference
    if (outcome === 'SUCCEEDED')
      expect({ isError, texts, made: count() - before }).toEqual({ isError: false, texts: [], made: 1 })
    else if (outcome === 'UNKNOWN') {
      expect(isError).toBe(false)
      expect(texts).toEqual([expect.stringMatching(/^OUTCOME_UNKNOWN: .*`get_operation`.* Request ID: /)])
      expect(texts[0]).toContain(operation.id)
    } else {
      expect({ outcome, isError }).toEqual({ outcome: 'NOT_SENT', isError: true })
      expect(texts[0]).toContain('Nothing was done. The same call with the same key can be sent again.')
      expect(count()).toBe(before)
    }
    const found = await callTool(server.url, 'get_operation', { id: operation.id })
    expect(found.data.operation).toMatchObject({ mutation: 'createConference' })
    const again = await callTool(server.url, 'create_conference', input)
    expect(again.data.createConference.outcome).toMatch(
      outcome === 'NOT_SENT' ? /^SUCCEEDED$/ : /^(SUCCEEDED|UNKNOWN)$/,
    )
    expect(count()).toBeLessThanOrEqual(before + 1)
  })
})
