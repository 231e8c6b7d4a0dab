import { bundle, bundles } from './bundle.ts';

for (const [folder, entry] of Object.entries(bundles)) bundle(entry, folder);
