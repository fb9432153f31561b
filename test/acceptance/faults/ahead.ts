const now = Date.now

/** How far the clock of this process is ahead; to be imported before whatever takes `Date.now` to itself. */
export const ahead = { ms: 0 }

Date.now = () => now() + ahead.ms
