import { z } from 'zod'
import type { CustomField, Workspace } from './data.ts'
import { respondWithId, type Edge, getRow, readBody } from './edge.ts'
import { respondWithLinkedPage } from './paging.ts'
import type { Row } from './table.ts'
import { CustomFields, workspaceItem } from './workspaces.ts'

const NewAccount = z.object({ accountName: z.string().trim().min(1), customFields: CustomFields.default([]) })

/** Serves accounts (the vendor's "Account View") and their workspaces. */
export function serveAccounts({ app, data, effect, paging }: Edge): void {
  app.get('/v1/accounts', (c) => respondWithLinkedPage(c, [...data.accounts.values()], accountItem, paging))

  app.get('/v1/accounts/:id', (c) => c.json(accountItem(getRow(data.accounts, c.req.param('id'), 'Account'))))

  app.post('/v1/accounts', async (c) => {
    const account = data.accounts.add(await readBody(c, NewAccount))
    effect('createAccount', account.id, { accountName: account.accountName })
    return respondWithId(c, account.id)
  })

  app.get('/v1/accounts/:id/companyWorkspaces', (c) =>
    respondWithLinkedPage(c, workspacesOf(c.req.param('id')), workspaceItem, paging),
  )

  app.get('/v1/accounts/:id/workspaces', (c) =>
    respondWithLinkedPage(c, workspacesOf(c.req.param('id')).filter(isMember), workspaceItem, paging),
  )

  const workspacesOf = (accountId: string) => {
    const account = getRow(data.accounts, accountId, 'Account')
    return [...data.workspaces.values()].filter((workspace) => workspace.accountId === account.id)
  }
  const isMember = (workspace: Workspace) =>
    [...workspace.members.values()].some((userIds) => data.actingUserId !== null && userIds.has(data.actingUserId))
}

const accountItem = ({
  id,
  accountName,
  customFields,
}: Row & { accountName: string; customFields: CustomField[] }) => ({
  id,
  details: { accountName, customFields },
})
