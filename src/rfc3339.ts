/** An instant as it is told everywhere: in UTC, without milliseconds where there are none. */
export const rfc3339 = (instant: Date): string => instant.toISOString().replace('.000Z', 'Z')
