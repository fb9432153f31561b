/** How many of each; 0 is none. */
export interface Seed {
  active: number
  inactive: number
  pending: number
  /** Active users with meetings: every tenth one, from the first. */
  hosts: number
  /** Null: 1 to 5, by turns. */
  meetingsPerHost: number | null
  /** Active users whose meetings answer 400/3161. */
  restricted: number
  /** For each meeting that takes registrations. */
  registrants: number
  /** Joins in each ended instance. */
  pastParticipants: number
  /** Running meetings. */
  live: number
  liveParticipants: number
}

export function seedOf(given: Partial<Seed>): Seed {
  const active = given.active ?? 1270
  return {
    active,
    inactive: 20,
    pending: 10,
    hosts: Math.ceil(active / 10),
    meetingsPerHost: null,
    restricted: 2,
    registrants: 35,
    pastParticipants: 42,
    live: 2,
    liveParticipants: 6,
    ...given,
  }
}
