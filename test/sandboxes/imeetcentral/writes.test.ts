import { afterEach, beforeEach, expect, test } from 'vitest'
import { type IMeetCentralSandbox, start } from '../../../src/sandboxes/imeetcentral/index.ts'
import { client, type Item } from './client.ts'

let sandbox: IMeetCentralSandbox
let api: Awaited<ReturnType<typeof client>>
beforeEach(async () => {
  sandbox = await start({ seed: { users: 5, workspaces: 4, deletedWorkspaces: 0 } })
  api = await client(sandbox)
})
afterEach(() => sandbox.close())

const firstId = (rows: ReadonlyMap<string, unknown>) => [...rows.keys()][0]!
const item = async (path: string) => (await (await api.get(path)).json()) as Item
const kinds = () => sandbox.effects.map((effect) => effect.kind)

async function notGrouped() {
  const { items } = await api.list('/v1/workspaceGroups?limit=25')
  return items!.find((group) => group.details.workspaceGroupName === 'Not Grouped')!.id
}
const newWorkspace = { workspaceName: 'My project', urlShortName: 'shorty', description: '', workspaceType: 'pm' }

test('creates a workspace from a chunked body and responds with its ID', async () => {
  const response = await fetch(`${sandbox.url}/v1/workspaceGroups/${await notGrouped()}/workspaces`, {
    method: 'POST',
    headers: { authorization: api.authorization },
    body: new Blob([JSON.stringify(newWorkspace)]).stream(),
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(201)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
  const id = await response.text()
  expect(sandbox.ledger.at(-1)?.headerNames).toContain('transfer-encoding')
  expect(sandbox.effects).toMatchObject([{ kind: 'createConference', id, detail: { urlShortName: 'shorty' } }])
  expect(await item(`/v1/workspaces/${id}`)).toEqual({
    id,
    details: { workspaceName: 'My project', urlShortName: 'shorty', customFields: [] },
  })
  expect((await api.list('/v1/workspaces?paging=last&limit=1')).items![0]!.id).toBe(id)
})

test('rejects a short name that is in use', async () => {
  const path = `/v1/workspaceGroups/${await notGrouped()}/workspaces`
  expect((await api.post(path, newWorkspace)).status).toBe(201)
  const again = await api.post(path, { ...newWorkspace, urlShortName: 'SHORTY' })
  expect([again.status, await again.text()]).toEqual([409, 'urlShortName is already in use'])
  expect(kinds()).toEqual(['createConference'])
})

test('creates accounts, and workspaces in them with a short name derived from the name', async () => {
  const account = await (await api.post('/v1/accounts', { accountName: 'ACME', customFields: [] })).text()
  const path = `/v1/accounts/${account}/workspaces`
  const customFields = [{ fieldApiId: 'c_order_id', value: '7' }]
  const made = await api.post(path, { workspaceName: 'Big Launch', workspaceType: 'WzEsMl0', customFields })
  await api.post(path, { workspaceName: 'Big launch', workspaceType: 'pm' })
  const { items } = await api.list(path)
  expect(items!.map((workspace) => workspace.details.urlShortName)).toEqual(['biglaunch', 'biglaunch2'])
  expect(items![0]).toMatchObject({ id: await made.text(), details: { customFields } })
  expect(kinds()).toEqual(['createAccount', 'createConference', 'createConference'])
})

test('updateDetails changes the name and single custom fields', async () => {
  const id = firstId(sandbox.data.workspaces)
  const customFields = [{ fieldApiId: 'c_colour', value: 'red' }]
  const response = await api.post(`/v1/workspaces/${id}/updateDetails`, { workspaceName: 'Renamed', customFields })
  expect(response.ok).toBe(true)
  expect((await item(`/v1/workspaces/${id}`)).details).toMatchObject({
    workspaceName: 'Renamed',
    customFields: [{ fieldApiId: 'c_order_id', value: '1000' }, ...customFields],
  })
  expect(sandbox.effects).toMatchObject([{ kind: 'updateConference', id }])
})

test('adds users to a role, and removes others only on request', async () => {
  const workspace = sandbox.data.workspaces.get(firstId(sandbox.data.workspaces))!
  const role = firstId(sandbox.data.roles)
  const [acting, second, third] = [...sandbox.data.users.keys()]
  const path = `/v1/workspaces/${workspace.id}/roles/${role}/addUsers`

  expect((await api.post(path, { userIds: [second], clearExisting: false })).ok).toBe(true)
  expect([...workspace.members.get(role)!]).toEqual([acting, second])
  expect((await api.post(path, { userIds: [third], clearExisting: true })).ok).toBe(true)
  expect([...workspace.members.get(role)!]).toEqual([third])
  expect(kinds()).toEqual(['inviteParticipant', 'removeParticipant', 'removeParticipant', 'inviteParticipant'])
  expect(sandbox.effects[0]).toMatchObject({ id: workspace.id, detail: { userId: second, roleId: role } })

  expect((await api.post(path, { userIds: ['WzEsOTk5XQ'] })).status).toBe(404)
  expect(sandbox.effects).toHaveLength(4)
})

test('creates and changes milestones and task lists', async () => {
  const workspace = firstId(sandbox.data.workspaces)
  const milestone = { title: 'Scoping', dueDate: '2026-11-20', description: 'All of it' }
  const id = await (await api.post(`/v1/workspaces/${workspace}/milestones`, milestone)).text()
  expect(await item(`/v1/milestones/${id}`)).toMatchObject({ id, details: milestone })

  await api.post(`/v1/milestones/${id}/updateDetails`, { title: 'Done', end_date: '2026-12-01', reminders: [''] })
  const changed = { ...milestone, title: 'Done', dueDate: '2026-12-01' }
  expect((await item(`/v1/milestones/${id}`)).details).toEqual(changed)

  const tasklist = { tasklistName: 'Steps', startDate: '2026-11-01', tasklistTemplate: '' }
  const tasklistId = await (await api.post(`/v1/milestones/${id}/tasklists`, tasklist)).text()
  expect((await api.list(`/v1/milestones/${id}/tasklists`)).items).toEqual([
    { id: tasklistId, details: { tasklistName: 'Steps' } },
  ])
  expect(kinds()).toEqual(['createMilestone', 'updateMilestone', 'createTasklist'])
})

test.each([
  ['/v1/workspaceGroups/WzMsMTAwXQ/workspaces', {}, 400, 'Invalid workspaceName'],
  [
    '/v1/workspaceGroups/WzMsMTAwXQ/workspaces',
    { workspaceName: 'A', urlShortName: 'a b' },
    400,
    'Invalid urlShortName',
  ],
  ['/v1/workspaceGroups/none/workspaces', newWorkspace, 404, 'Workspace group not found'],
  ['/v1/workspaces/WzIsMTAwXQ/milestones', { title: 'No day' }, 400, 'Invalid dueDate'],
  ['/v1/workspaces/WzIsMTAwXQ/milestones', { title: 'A', dueDate: '20.11.2026' }, 400, 'Invalid dueDate'],
  ['/v1/workspaces/none/updateDetails', {}, 404, 'Workspace not found'],
  ['/v1/users', { fullName: 'New', email: 'new@example.com' }, 404, 'Not found'],
])('rejects %s with %j', async (path, body, status, text) => {
  const response = await api.post(path, body)
  expect([response.status, await response.text()]).toEqual([status, text])
  expect(sandbox.effects).toEqual([])
})

test('rejects a body that is not JSON, and every deletion', async () => {
  const path = `${sandbox.url}/v1/accounts`
  const headers = { authorization: api.authorization }
  expect((await fetch(path, { method: 'POST', headers, body: 'accountName=ACME' })).status).toBe(400)
  const workspace = `${sandbox.url}/v1/workspaces/${firstId(sandbox.data.workspaces)}`
  expect((await fetch(workspace, { method: 'DELETE', headers })).status).toBe(404)
  expect(sandbox.effects).toEqual([])
})

test('loses the response of a completed create with a fault', async () => {
  const path = `/v1/workspaceGroups/${await notGrouped()}/workspaces`
  sandbox.fault({ match: { method: 'POST' }, kind: 'reset', apply: true, times: 1 })
  await expect(api.post(path, newWorkspace)).rejects.toThrow()
  expect(kinds()).toEqual(['createConference'])
  sandbox.fault({ match: { path: /users/ }, kind: 'status', status: 503, times: 1, headers: { 'retry-after': '1' } })
  expect((await api.get('/v1/users')).status).toBe(503)
  expect((await api.get('/v1/users')).status).toBe(200)
  expect(sandbox.ledger.slice(-3).map((entry) => entry.status)).toEqual([null, 503, 200])
})
