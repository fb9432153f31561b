import type { Server } from './model.ts'

/** A login in whatever form it was sent: `Helen`, `helen@<this server>`. Other servers' users keep their domain. */
export function localId({ settings }: Server, id: string): string {
  const lower = id.toLowerCase()
  const own = `@${settings.serverName.toLowerCase()}`
  return lower.endsWith(own) ? lower.slice(0, -own.length) : lower
}

export const uid = ({ settings }: Server, id: string): string => `${id}@${settings.serverName}`

/** Whether an id is an address elsewhere (federation, SIP, H.323, RTSP, telephone) rather than a login here. */
export const isAddress = (id: string): boolean => id.startsWith('#') || id.includes('@')
