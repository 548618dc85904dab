// The worker's script as text; build.mjs makes it of worker.ts.
declare module "worker-source" {
  const text: string;
  export default text;
}
