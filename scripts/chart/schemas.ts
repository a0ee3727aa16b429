/**
 * JSON schemas of Kubernetes' objects, for kubeconform, made from the OpenAPI document that every release of Kubernetes carries in its
 * Go module: no network but the module proxy is needed, and the schemas are those of the very version asked for.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** One definition of the OpenAPI document: a JSON schema, whose references point at its neighbours. */
const definitionSchema = z.record(z.string(), z.unknown());
type Definition = z.infer<typeof definitionSchema>;

const documentSchema = z.object({ definitions: z.record(z.string(), definitionSchema) });
const kindsSchema = z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() })).default([]);

const referencePrefix = '#/definitions/';

/** Types that the API reads from a number too, though the document calls them strings. */
const alsoNumbers = new Set(['io.k8s.apimachinery.pkg.util.intstr.IntOrString', 'io.k8s.apimachinery.pkg.api.resource.Quantity']);

/**
 * A definition as the API server's strict field validation reads it: an object with known fields takes no others.
 * (Types without listed fields, such as labels, take any.)
 */
function strict(name: string, definition: Definition): Definition {
  if (alsoNumbers.has(name)) return { type: ['string', 'number'] };
  if (definition['properties'] === undefined || definition['additionalProperties'] !== undefined) return definition;
  return { ...definition, additionalProperties: false };
}

/** The names of all definitions that the given one needs, itself included. */
function closure(name: string, definitions: Record<string, Definition>): Set<string> {
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const [, reference] of JSON.stringify(definitions[next] ?? {}).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) {
      if (reference !== undefined) open.push(reference);
    }
  }
  return found;
}

/** The file name under which kubeconform looks for a kind, given the location template `{{.ResourceKind}}{{.KindSuffix}}.json`. */
function fileName({ group, version, kind }: { group: string; version: string; kind: string }): string {
  return [kind, group.split('.')[0], version].filter(Boolean).join('-').toLowerCase() + '.json';
}

/**
 * The schemas of the wanted kinds, by the name of their file.
 * @param openApi the text of `api/openapi-spec/swagger.json` of a Kubernetes release
 * @param wantedKinds names of kinds (`Deployment`); in each group and version that has them
 * @throws if a kind is in no group of this release
 */
export function kubernetesSchemas(openApi: string, wantedKinds: readonly string[]): Map<string, string> {
  const { definitions } = documentSchema.parse(JSON.parse(openApi));
  const files = new Map<string, string>();
  const missing = new Set(wantedKinds);
  for (const [name, definition] of Object.entries(definitions)) {
    for (const identity of kindsSchema.parse(definition['x-kubernetes-group-version-kind'])) {
      if (!wantedKinds.includes(identity.kind)) continue;
      missing.delete(identity.kind);
      const needed = [...closure(name, definitions)];
      files.set(
        fileName(identity),
        JSON.stringify({
          $schema: 'http://json-schema.org/draft-07/schema#',
          allOf: [{ $ref: referencePrefix + name }, { required: ['apiVersion', 'kind', 'metadata'] }],
          definitions: Object.fromEntries(needed.map((each) => [each, strict(each, definitions[each] ?? {})])),
        }),
      );
    }
  }
  if (missing.size > 0) throw new Error(`This release of Kubernetes has no ${[...missing].join(', ')}.`);
  return files;
}

/**
 * Writes the schemas of one release into a folder.
 * @param moduleFolder the unpacked Go module `k8s.io/kubernetes`
 */
export async function writeKubernetesSchemas(
  moduleFolder: string,
  wantedKinds: readonly string[],
  folder: string,
): Promise<void> {
  const openApi = await readFile(path.join(moduleFolder, 'api', 'openapi-spec', 'swagger.json'), 'utf8');
  for (const [name, text] of kubernetesSchemas(openApi, wantedKinds)) await writeFile(path.join(folder, name), text);
}
