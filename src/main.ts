import { enableCompileCache } from 'node:module'

// Compiling what the command loads takes longer than running it. Node keeps the compiled code for the next start, in
// NODE_COMPILE_CACHE or the directory for temporary files; without a directory to write to, nothing is kept.
enableCompileCache()
await import('./cli/run.ts')
