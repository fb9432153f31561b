import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { relayTags } from './relay-tags.ts'

const page = (name: string) => fileURLToPath(new URL(`${name}/index.html`, import.meta.url))
// The pages and the API have the same origin, so that the server needs no `cors`.
const proxy = { '/graphql': process.env['PARLEY_URL'] ?? 'http://127.0.0.1:4000' }

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [relayTags()],
  build: { rolldownOptions: { input: ['relay', 'apollo', 'urql'].map(page) } },
  server: { proxy },
  preview: { proxy },
})
