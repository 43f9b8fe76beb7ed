/** `/api/config`: the configuration as YAML, its versions, and saving one. */
import * as z from 'zod';
import { answer, configProblem, request, textOrNull, time, type Wire } from './common.ts';

/** A saved document; its id is the SHA-256 of its source in hex. */
const configVersion = answer(
  'ConfigVersion',
  z.object({
    hash: z.string(),
    at: time,
    author: textOrNull,
    /** Why it was saved: a comment, or the reason for saving with failing tests. */
    reason: textOrNull,
  }),
);

/** Newest first. */
export const configVersions = answer('ConfigVersions', z.object({ versions: z.array(configVersion) }));

/** The document is in force; `problems` are its warnings. */
export const savedConfig = answer(
  'SavedConfig',
  z.object({ hash: z.string(), problems: z.array(configProblem) }),
);

export type ConfigVersion = Wire<z.output<typeof configVersion>>;
export type ConfigVersions = Wire<z.output<typeof configVersions>>;
export type SavedConfig = Wire<z.output<typeof savedConfig>>;

export const saveQuery = z.object({
  /** Kept with the version; longer ones are cut. Lets a document with failing tests pass. */
  reason: z
    .string()
    .transform((text) => text.slice(0, 300))
    .optional(),
  /** The document is a watched file: why it is rejected is shown until the next valid one. */
  watched: z.string().optional(),
});

/** The document, and the bundle that this version of Vigie compiled of it, gzipped. */
export const configForm = z.object({ source: z.string(), bundle: z.file() });

/** Why a watched file was never sent: deleted, unreadable or too large. null: the file is in force. */
export const watchedFile = request(
  'WatchedFile',
  z.strictObject({ problem: z.string().min(1).max(500).nullable() }),
);
