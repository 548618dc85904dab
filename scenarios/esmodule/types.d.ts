/** Constants and decisions, arrays whole or by element. */
export type InputName =INPUTNAMES;

/** Variables, arrays by element. */
export type OutputName =OUTPUTNAMES;

export interface Input {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly about?: string;
  readonly value: number;
  readonly range?: readonly [low: number, high: number];
  readonly decision: boolean;
  /** Whether it may change in a run; otherwise set() gives it another value for all of it. */
  readonly moves: boolean;
}

export interface Output {
  readonly name: OutputName;
  readonly label: string;
  readonly unit: string;
}

export const inputs: readonly Input[];
export const outputs: readonly Output[];
export const time: { readonly start: number; readonly stop: number; readonly step: number; readonly save: number; readonly unit: string };

/** One of to, add and times; from a time on, reached over a duration, until a time. */
export interface Change {
  to?: number;
  add?: number;
  times?: number;
  from?: number;
  over?: number;
  until?: number;
}

export interface Model {
  /** Throws a RangeError for a name that the model does not have, a TypeError for no finite number. */
  set(name: InputName, value: number): this;
  get(name: InputName): number | number[];
  change(name: InputName, change: Change): this;
  reset(): this;
  seed(seed: number | bigint): this;
  run(): Result;
}

export interface Result {
  readonly times: Float64Array;
  /** False if the run ended early; reason says why, and times holds the times before. */
  readonly complete: boolean;
  readonly reason: string;
  series(name: OutputName): Float64Array;
  last(name: OutputName): number | undefined;
}

/** Returns a model of its own. */
export function createModel(): Promise<Model>;
