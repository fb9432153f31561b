import { z } from 'zod'
import {
  getDefaults,
  serverLimitTable,
  upstreamLimitTable,
  type ConfigurableLimitsOf,
  type Limit,
} from '../core/limits.ts'
import type { UpstreamLimits } from '../upstream/limits.ts'

/** Times in milliseconds, sizes in bytes. */
export type ServerLimits = ConfigurableLimitsOf<typeof serverLimitTable>

const configurableTable: Record<string, Limit> = Object.fromEntries(
  Object.entries(serverLimitTable).filter(([, { isFixed }]) => !isFixed),
)

/** Defaults of the limits of the server that can be configured. */
export const serverLimits = getDefaults(configurableTable) as ServerLimits

/** All limits of the server, and those of vendor calls that the configuration sets: they go before a vendor's own. */
export type Limits = ServerLimits & { upstream: Partial<UpstreamLimits> }

const createSchema = ({ unit, min, max }: Limit) =>
  (unit === 'share' ? z.number() : z.int()).min(min).max(max).optional()

const createSchemas = (table: Record<string, Limit>) =>
  Object.fromEntries(Object.entries(table).map(([name, limit]) => [name, createSchema(limit)]))

/** The `limits` of a configuration: every number by its name, in one flat block. */
export const Limits = z
  .strictObject({ ...createSchemas(configurableTable), ...createSchemas(upstreamLimitTable) })
  .transform((given): Limits => {
    const upstream = Object.entries(given).filter(([name]) => name in upstreamLimitTable)
    const server = Object.entries(given).filter(([name]) => name in serverLimits)
    return { ...serverLimits, ...Object.fromEntries(server), upstream: Object.fromEntries(upstream) }
  })
