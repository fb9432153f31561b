import { readFileSync } from 'node:fs'

/** Version of this package: `package.json` is one folder above both `src` and the built `dist`. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version
