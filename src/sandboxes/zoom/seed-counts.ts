/** Number of objects of each kind at the start. */
export interface Seed {
  active: number
  inactive: number
  pending: number
  /** Number of active users with meetings: the first eight, then every tenth. */
  hosts: number
  /** Null: 1 to 5, in turn. */
  meetingsPerHost: number | null
  /** Active users whose meetings fail with 400/3161. */
  restricted: number
  /** Registrants of each meeting that requires registration. */
  registrants: number
  /** Joins in each ended instance. */
  pastParticipants: number
  /** Weeks, at most 15, in which each series with recordings was held. 0: no meeting has recordings. */
  sessions: number
  /** Running meetings. */
  live: number
  liveParticipants: number
}

export function seedOf(overrides: Partial<Seed>): Seed {
  const active = overrides.active ?? 1270
  return {
    active,
    inactive: 20,
    pending: 10,
    hosts: Math.ceil(active / 10),
    meetingsPerHost: null,
    restricted: 2,
    registrants: 35,
    pastParticipants: 42,
    sessions: 10,
    live: 2,
    liveParticipants: 6,
    ...overrides,
  }
}
