/** Tells which of the processes that share a store are at work, so that none takes up what another is still doing. */
export interface ProcessRegistry {
  /** Names this process in the operations that it writes down. */
  readonly id: string
  /** Lets the others know of this process. Throws STORE_UNAVAILABLE. */
  register(): Promise<void>
  /** The processes at work, this one among them. Throws STORE_UNAVAILABLE. */
  listAlive(): Promise<ReadonlySet<string>>
  /** This process's own end. */
  unregister(): Promise<void>
}
