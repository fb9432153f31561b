import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import type { AnyVendor } from '../../../src/vendors/definition.ts'
import type { IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'
import type { TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import type { ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { isExpired } from '../../../src/sandboxes/zoom/world.ts'

/** What the suite has to know of a vendor's sandbox, beside what every sandbox has. */
export interface World {
  /** Of its own, so that every list is some pages long and no test takes long. */
  seed: object
  /** Vendor ids of what is really there. */
  users(sandbox: Sandbox): string[]
  conferences(sandbox: Sandbox): string[]
  revokeTokens(sandbox: Sandbox): void
}

function world<S extends Sandbox>(it: {
  seed: object
  users(sandbox: S): string[]
  conferences(sandbox: S): string[]
  revokeTokens(sandbox: S): void
}): World {
  return it as unknown as World
}

/** By the vendors' slugs. */
const worlds: Record<string, World> = {
  zoom: world<ZoomSandbox>({
    seed: { seed: { active: 130, inactive: 12, pending: 5, meetingsPerHost: 6, registrants: 11, pastParticipants: 7 } },
    users: ({ data }) => data.users.map(({ id, email, status }) => (status === 'pending' ? email : id)),
    conferences: ({ data }) =>
      [...data.meetings.values()]
        // Personal rooms and what has expired are in no list; hosts that may not host have none.
        .filter((it) => !it.deleted && it.type !== 4 && !isExpired(it, Date.now()))
        .filter((it) =>
          data.users.some(({ id, status, mayHost }) => id === it.host_id && status === 'active' && mayHost),
        )
        .map(({ id }) => String(id)),
    revokeTokens: (sandbox) => sandbox.revokeTokens(),
  }),
  trueconf: world<TrueConfSandbox>({
    seed: { users: 130, conferences: 115, running: 4 },
    users: ({ data }) => [...data.users.keys()],
    conferences: ({ data }) => [...data.conferences.keys()],
    revokeTokens: (sandbox) => sandbox.revokeTokens(),
  }),
  imeetcentral: world<IMeetCentralSandbox>({
    seed: { seed: { users: 110, workspaces: 105, deletedWorkspaces: 6 } },
    users: ({ data }) => [...data.users.keys()],
    conferences: ({ data }) =>
      [...data.workspaces.values()].filter((it) => !it.urlShortName.startsWith('deleted')).map(({ id }) => id),
    revokeTokens: (sandbox) => sandbox.tokens.revokeAll(),
  }),
}

export function worldOf({ slug }: AnyVendor): World {
  const found = worlds[slug]
  if (!found) throw new Error(`Tell the contract suite of ${slug}: one entry in worlds.ts.`)
  return found
}
