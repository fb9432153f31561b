import { readFileSync } from 'node:fs'

/** Returns the code blocks of a page of the docs in one language. */
export const blocksOf = (page: string, language: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text!)
