import { z } from 'zod'
import {
  getDefaults,
  serverLimitTable,
  upstreamLimitTable,
  type ConfigurableLimitsOf,
  type Limit,
} from '../core/limits.ts'
import type { UpstreamLimits } from '../upstream/limits.ts'

/** Limits of the server that can be configured. Times are in milliseconds, sizes in bytes. */
export type ServerLimits = ConfigurableLimitsOf<typeof serverLimitTable>

const configurableTable: Record<string, Limit> = Object.fromEntries(
  Object.entries(serverLimitTable).filter(([, { isFixed }]) => !isFixed),
)

/** Default values of the limits of the server that can be configured. */
export const serverLimits = getDefaults(configurableTable) as ServerLimits

/** All limits of the server, and the configured limits of vendor calls, which take precedence over a vendor's defaults. */
export type Limits = ServerLimits & { upstream: Partial<UpstreamLimits> }

const createSchema = ({ unit, min, max }: Limit) =>
  (unit === 'share' ? z.number() : z.int()).min(min).max(max).optional()

const createSchemas = (table: Record<string, Limit>) =>
  Object.fromEntries(Object.entries(table).map(([name, limit]) => [name, createSchema(limit)]))

/** Schema of `limits`: one flat block of numbers. */
export const Limits = z
  .strictObject({ ...createSchemas(configurableTable), ...createSchemas(upstreamLimitTable) })
  .transform((limits): Limits => {
    const upstream = Object.entries(limits).filter(([name]) => name in upstreamLimitTable)
    const server = Object.entries(limits).filter(([name]) => name in serverLimits)
    return { ...serverLimits, ...Object.fromEntries(server), upstream: Object.fromEntries(upstream) }
  })
