/** Reports which of the processes that share a store are running, so that no process recovers another one's running operations. */
export interface ProcessRegistry {
  /** ID of this process in the records of its operations. */
  readonly id: string
  /**
   * Ensures that the other processes see this process.
   *
   * @throws STORE_UNAVAILABLE
   */
  register(): Promise<void>
  /**
   * Returns the IDs of the running processes, including this one.
   *
   * @throws STORE_UNAVAILABLE
   */
  listAlive(): Promise<ReadonlySet<string>>
  /** Removes this process. */
  unregister(): Promise<void>
}
