import type { Server } from './model.ts'

/** Returns the login for `Helen` or `helen@<this server>`. Users of other servers keep their domain. */
export function toLocalId({ settings }: Server, id: string): string {
  const lower = id.toLowerCase()
  const own = `@${settings.serverName.toLowerCase()}`
  return lower.endsWith(own) ? lower.slice(0, -own.length) : lower
}

export const uid = ({ settings }: Server, id: string): string => `${id}@${settings.serverName}`

/** Whether an ID is an external address (federation, SIP, H.323, RTSP, telephone) instead of a login of this server. */
export const isAddress = (id: string): boolean => id.startsWith('#') || id.includes('@')
