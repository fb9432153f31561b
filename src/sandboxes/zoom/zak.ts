import { createHmac, randomBytes } from 'node:crypto'

/** Issues and checks Zoom access keys (ZAK), which are part of a start URL. */
export interface Zak {
  /** @param ttl In seconds. */
  issue(userId: string, ttl: number): string
  /** Returns the ID of the user. Null if the key is forged or expired. */
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
