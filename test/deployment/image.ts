import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DockerfileParser, type Cmd, type Copy, type Entrypoint, type Env, type Instruction } from 'dockerfile-ast'

/** The result of the Dockerfile, in a folder that replaces the root of an image. */
export interface Image {
  folder: string
  env: Record<string, string>
  workdir: string
  /** ENTRYPOINT followed by CMD. */
  command: string[]
  healthcheck: string[]
}

const execute = promisify(execFile)
const context = fileURLToPath(new URL('../..', import.meta.url))
const ignored = readFileSync(join(context, '.dockerignore'), 'utf8').split('\n')

/**
 * Executes the instructions of the Dockerfile in `base`, stage after stage, without a container engine. The base image
 * and the user are those of this machine.
 */
export async function buildImage(base: string): Promise<Image> {
  const stages = new Map<string, Image>()
  let image = await emptyImage(base)
  for (const instruction of DockerfileParser.parse(
    readFileSync(join(context, 'Dockerfile'), 'utf8'),
  ).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      image = await emptyImage(base)
      stages.set(wordsOf(instruction).at(-1)!, image)
    } else await follow(image, instruction, stages)
  }
  return image
}

/** Returns the real path of an absolute path of the image. */
export const placed = ({ folder }: Image, text: string): string => text.replaceAll(/(^|\s)\/(?=\w)/g, `$1${folder}/`)

async function emptyImage(base: string): Promise<Image> {
  const folder = await mkdtemp(join(base, 'stage-'))
  return { folder, env: {}, workdir: '/', command: [], healthcheck: [] }
}

async function follow(image: Image, instruction: Instruction, stages: ReadonlyMap<string, Image>): Promise<void> {
  const place = join(image.folder, image.workdir)
  const said = instruction.getArgumentsContent() ?? ''
  switch (instruction.getKeyword()) {
    case 'ENV':
      for (const property of (instruction as Env).getProperties())
        image.env[property.getName()] = property.getValue() ?? ''
      break
    case 'WORKDIR':
      image.workdir = said
      mkdirSync(join(image.folder, said), { recursive: true })
      break
    case 'COPY':
      copy(image, instruction as Copy, stages)
      break
    case 'RUN':
      // This machine has no user of that name.
      await execute('sh', ['-c', `chown() { :; }; ${placed(image, said)}`], { cwd: place })
      break
    case 'ENTRYPOINT':
    case 'CMD':
      image.command.push(...(instruction as Entrypoint | Cmd).getJSONStrings().map((one) => one.getJSONValue()))
      break
    case 'HEALTHCHECK':
      image.healthcheck = JSON.parse(said.slice(said.indexOf('CMD ') + 4)) as string[]
  }
}

function copy(image: Image, instruction: Copy, stages: ReadonlyMap<string, Image>): void {
  const from = instruction.getFromFlag()?.getValue()
  const names = wordsOf(instruction)
  const target = join(image.folder, image.workdir, names.at(-1)!)
  for (const name of names.slice(0, -1)) {
    if (from == null && !ignored.includes(`!${name}`)) throw new Error(`.dockerignore leaves out ${name}.`)
    const source = from == null ? join(context, name) : join(stages.get(from)!.folder, name)
    cpSync(source, names.at(-1) === './' ? join(target, basename(name)) : target, { recursive: true })
  }
}

const wordsOf = (instruction: Instruction): string[] => instruction.getArguments().map((one) => one.getValue())
