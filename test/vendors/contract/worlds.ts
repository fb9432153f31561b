import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import type { AnyVendor } from '../../../src/vendors/definition.ts'
import type { IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'
import type { TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import type { ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { isExpired } from '../../../src/sandboxes/zoom/world.ts'

/** What the suite needs to know of the sandbox of a vendor. */
export interface World {
  /** Seed of the sandbox. Every list has a few pages, and no test takes long. */
  seed: object
  /** Vendor IDs of all users in the sandbox. */
  users(sandbox: Sandbox): string[]
  conferences(sandbox: Sandbox): string[]
  revokeTokens(sandbox: Sandbox): void
}

function createWorld<S extends Sandbox>(world: {
  seed: object
  users(sandbox: S): string[]
  conferences(sandbox: S): string[]
  revokeTokens(sandbox: S): void
}): World {
  return world as unknown as World
}

/** By the slug of the vendor. */
const worlds: Record<string, World> = {
  zoom: createWorld<ZoomSandbox>({
    seed: { seed: { active: 130, inactive: 12, pending: 5, meetingsPerHost: 6, registrants: 11, pastParticipants: 7 } },
    users: ({ data }) => data.users.map(({ id, email, status }) => (status === 'pending' ? email : id)),
    conferences: ({ data }) =>
      [...data.meetings.values()]
        // No list contains personal rooms, expired meetings, or meetings of users who must not host.
        .filter((meeting) => !meeting.deleted && meeting.type !== 4 && !isExpired(meeting, Date.now()))
        .filter((meeting) =>
          data.users.some(({ id, status, mayHost }) => id === meeting.host_id && status === 'active' && mayHost),
        )
        .map(({ id }) => String(id)),
    revokeTokens: (sandbox) => sandbox.revokeTokens(),
  }),
  trueconf: createWorld<TrueConfSandbox>({
    seed: { users: 130, conferences: 115, running: 4 },
    users: ({ data }) => [...data.users.keys()],
    conferences: ({ data }) => [...data.conferences.keys()],
    revokeTokens: (sandbox) => sandbox.revokeTokens(),
  }),
  imeetcentral: createWorld<IMeetCentralSandbox>({
    seed: { seed: { users: 110, workspaces: 105, deletedWorkspaces: 6 } },
    users: ({ data }) => [...data.users.keys()],
    conferences: ({ data }) =>
      [...data.workspaces.values()]
        .filter((workspace) => !workspace.urlShortName.startsWith('deleted'))
        .map(({ id }) => id),
    revokeTokens: (sandbox) => sandbox.tokens.revokeAll(),
  }),
}

export function worldOf({ slug }: AnyVendor): World {
  const world = worlds[slug]
  if (!world) throw new Error(`Add an entry for ${slug} to test/vendors/contract/worlds.ts.`)
  return world
}
