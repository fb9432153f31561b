/** Result of one test of `parley check`. */
export interface CheckResult {
  isOk: boolean
  message: string
  /** What an operator may want to change although the test succeeded. */
  notes?: readonly string[]
}
