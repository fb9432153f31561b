/** Tells which of the processes that share a store are at work, so that none takes up what another is still doing. */
export interface Presence {
  /** Names this process in the operations that it writes down. */
  readonly id: string
  /** Lets the others know of this process. Throws STORE_UNAVAILABLE. */
  join(): Promise<void>
  /** The processes at work, this one among them. Throws STORE_UNAVAILABLE. */
  living(): Promise<ReadonlySet<string>>
  /** This process's own end. */
  leave(): Promise<void>
}
