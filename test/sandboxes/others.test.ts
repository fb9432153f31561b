import { expect, onTestFinished, test } from 'vitest'
import { startSandbox, type SandboxName } from '../../src/sandboxes/index.ts'

async function start<Name extends SandboxName>(name: Name) {
  const sandbox = await startSandbox(name)
  onTestFinished(() => sandbox.close())
  const send = async (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${sandbox.url}/__sandbox/${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
  const create = async (path: string, body: object): Promise<string> =>
    ((await (await send('POST', path, body)).json()) as { id: string }).id
  return { sandbox, send, create }
}

test('lets others create, rename, start, end, and delete conferences of TrueConf', async () => {
  const { sandbox, send, create } = await start('trueconf')
  const { conferences } = sandbox.data
  const id = await create('conferences', { topic: 'Standup' })
  await send('POST', `conferences/${id}/rename`, { topic: 'Review' })
  await send('POST', `conferences/${id}/start`)
  await send('POST', `conferences/${id}/join`, { participant: 'helen' })
  expect(conferences.get(id)).toMatchObject({
    topic: 'Review',
    call: { participants: [{ id: 'helen', leave_time: null }] },
  })
  await send('POST', `conferences/${id}/leave`, { participant: 'helen' })
  expect(conferences.get(id)!.call!.participants[0]!.leave_time).toEqual(expect.any(Number))
  expect((await send('POST', `conferences/${id}/end`)).status).toBe(204)
  expect(conferences.get(id)!.call).toBeNull()
  expect((await send('POST', `conferences/${id}/join`, { participant: 'helen' })).status).toBe(409)
  await send('DELETE', `conferences/${id}`)
  expect(conferences.has(id)).toBe(false)
  expect((await send('POST', `conferences/${id}/start`)).status).toBe(404)
  expect([sandbox.ledger, sandbox.effects]).toEqual([[], []])
})

test('deletes a conference of TrueConf that was not planned when the last participant leaves', async () => {
  const { sandbox, send, create } = await start('trueconf')
  const { conferences } = sandbox.data
  const id = await create('conferences', { topic: 'Call', participants: ['helen', 'dean'] })
  await send('POST', `conferences/${id}/leave`, { participant: 'dean' })
  expect(conferences.get(id)!.call).not.toBeNull()
  await send('POST', `conferences/${id}/leave`, { participant: 'helen' })
  expect(conferences.has(id)).toBe(false)
})

test('lets others create, rename, and delete workspaces of iMeet Central', async () => {
  const { sandbox, send, create } = await start('imeetcentral')
  const { workspaces } = sandbox.data
  const id = await create('workspaces', { workspaceName: 'Launch' })
  await send('POST', `workspaces/${id}/rename`, { workspaceName: 'Relaunch' })
  expect(workspaces.get(id)!.workspaceName).toBe('Relaunch')
  await send('DELETE', `workspaces/${id}`)
  expect(workspaces.get(id)!.urlShortName).toMatch(/^deleted-/)
  expect((await send('POST', 'workspaces/none/rename', { workspaceName: 'x' })).status).toBe(404)
})
