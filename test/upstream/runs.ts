/** How often a property is tried: PROPERTY_RUNS where it is set, else what a quick run can afford. */
export const numRuns = (quick: number): number => Number(process.env['PROPERTY_RUNS'] ?? quick)
