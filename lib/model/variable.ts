/** Names of the environment variables that a configuration may name in `${…}`. */

/** The service's own secrets: a channel must not be able to send them out. */
const RESERVED = /^VIGIE_/iu;
/** POSIX names of environment variables, at most 100 characters. */
const NAME = /^[A-Z_][A-Z0-9_]{0,99}$/iu;

export const isReserved = (name: string): boolean => RESERVED.test(name);

/** Whether a configuration may name this variable. */
export const isVariable = (name: string): boolean => NAME.test(name) && !isReserved(name);
