import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import type { AnyVendor } from '../../../src/vendors/definition.ts'
import type { IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'
import type { TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import type { ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { isExpired } from '../../../src/sandboxes/zoom/world.ts'

/** What the suite needs to know of the sandbox of a vendor. */
export interface Fixture {
  /** Seed of the sandbox. Every list has a few pages, and no test takes long. */
  seed: object
  /** Vendor IDs of all users in the sandbox. */
  users(sandbox: Sandbox): string[]
  conferences(sandbox: Sandbox): string[]
  revokeTokens(sandbox: Sandbox): void
}

function createFixture<S extends Sandbox>(fixture: {
  seed: object
  users(sandbox: S): string[]
  conferences(sandbox: S): string[]
  revokeTokens(sandbox: S): void
}): Fixture {
  return fixture as unknown as Fixture
}

/** By the slug of the vendor. */
const fixtures: Record<string, Fixture> = {
  zoom: createFixture<ZoomSandbox>({
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
  trueconf: createFixture<TrueConfSandbox>({
    seed: { users: 130, conferences: 115, running: 4 },
    users: ({ data }) => [...data.users.keys()],
    conferences: ({ data }) => [...data.conferences.keys()],
    revokeTokens: (sandbox) => sandbox.revokeTokens(),
  }),
  imeetcentral: createFixture<IMeetCentralSandbox>({
    seed: { seed: { users: 110, workspaces: 105, deletedWorkspaces: 6 } },
    users: ({ data }) => [...data.users.keys()],
    conferences: ({ data }) =>
      [...data.workspaces.values()]
        .filter((workspace) => !workspace.urlShortName.startsWith('deleted'))
        .map(({ id }) => id),
    revokeTokens: (sandbox) => sandbox.tokens.revokeAll(),
  }),
}

export function toFixtureOptions({ slug }: AnyVendor): Fixture {
  const fixture = fixtures[slug]
  if (!fixture) throw new Error(`Add an entry for ${slug} to test/vendors/contract/fixtures.ts.`)
  return fixture
}
