import type { Sandbox, SandboxOptions } from '../../src/sandboxes/kit.ts'
import { start as startIMeetCentral } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom } from '../../src/sandboxes/zoom/index.ts'
import { isExpired } from '../../src/sandboxes/zoom/world.ts'

/** Objects of the vendor in the order of its lists, as Parley must return them. */
export interface Truth {
  users: { vendorId: string; email: string; displayName: string | null }[]
  conferences: { vendorId: string; title: string; ownerId: string | null }[]
}

/** A sandbox, with one name for what the three vendors call differently. */
export interface OpenSandbox {
  sandbox: Sandbox & { account: Record<string, unknown> }
  /** Revokes every issued token. */
  revokeTokens(): void
  truth(): Truth
}

export interface SandboxPlan extends SandboxOptions {
  /** Lifetime in seconds. */
  tokenLife: number
}

async function zoom({ tokenLife, ...options }: SandboxPlan): Promise<OpenSandbox> {
  // The cursors of the start are used until the end.
  const switches = { tokenLifetime: tokenLife, pageTokenLifetime: 24 * 3_600_000 }
  const sandbox = await startZoom({ ...options, switches })
  const { users, meetings } = sandbox.data
  const truth = (): Truth => ({
    users: ['active', 'inactive', 'pending'].flatMap((wanted) =>
      users
        .filter(({ status }) => status === wanted)
        .map(({ id, email, status, fields }) => {
          const { display_name, first_name, last_name } = fields as Record<string, string | undefined>
          const displayName = display_name ?? ([first_name, last_name].filter(Boolean).join(' ') || null)
          return { vendorId: status === 'pending' ? email : id, email, displayName }
        }),
    ),
    conferences: users
      .filter(({ status, mayHost }) => status === 'active' && mayHost)
      .flatMap((host) =>
        [...meetings.values()]
          .filter(({ host_id, deleted, type }) => host_id === host.id && !deleted && [2, 3, 8].includes(type))
          .filter((meeting) => !isExpired(meeting, Date.now()))
          .map(({ id, topic }) => ({ vendorId: String(id), title: topic, ownerId: host.id })),
      ),
  })
  return { sandbox, revokeTokens: sandbox.revokeTokens, truth }
}

async function trueconf({ tokenLife, ...options }: SandboxPlan): Promise<OpenSandbox> {
  const sandbox = await startTrueConf({ ...options, tokenLifetime: tokenLife })
  const { users, conferences } = sandbox.data
  const truth = (): Truth => ({
    users: [...users.values()].map(({ id, email, display_name }) => ({
      vendorId: id,
      email,
      displayName: display_name || null,
    })),
    conferences: [...conferences.values()].map(({ id, topic, owner }) => ({
      vendorId: id,
      title: topic,
      ownerId: owner,
    })),
  })
  return { sandbox, revokeTokens: sandbox.revokeTokens, truth }
}

async function imeetcentral({ tokenLife, ...options }: SandboxPlan): Promise<OpenSandbox> {
  const sandbox = await startIMeetCentral({ ...options, tokenLifeSeconds: Math.max(6, tokenLife) })
  const { users, workspaces } = sandbox.data
  const truth = (): Truth => ({
    users: [...users.values()].map(({ id, fullName, email }) => ({ vendorId: id, email, displayName: fullName })),
    conferences: [...workspaces.values()]
      .filter(({ urlShortName }) => !urlShortName.startsWith('deleted'))
      .map(({ id, workspaceName }) => ({ vendorId: id, title: workspaceName, ownerId: null })),
  })
  return { sandbox, revokeTokens: () => sandbox.tokens.revokeAll(), truth }
}

/** By the slug of the vendor. */
export const sandboxes = { zoom, trueconf, imeetcentral }
export type Slug = keyof typeof sandboxes
