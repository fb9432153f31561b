import { createHmac, randomBytes } from 'node:crypto'

/** Makes and checks Zoom access keys: what a start link carries. */
export interface Zak {
  /** `ttl` in seconds. */
  issue(userId: string, ttl: number): string
  /** The user's id, or null where the key is forged or over. */
  read(zak: string): string | null
}

export function createZak(now: () => number): Zak {
  const secret = randomBytes(32)
  const sign = (body: string) => createHmac('sha256', secret).update(body).digest('base64url')
  return {
    issue(userId, ttl) {
      const body = Buffer.from(JSON.stringify({ userId, ends: now() + ttl * 1000 })).toString('base64url')
      return `${body}.${sign(body)}`
    },
    read(zak) {
      const [body = '', signature] = zak.split('.')
      if (signature !== sign(body)) return null
      const { userId, ends } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { userId: string; ends: number }
      return now() < ends ? userId : null
    },
  }
}
