#!/usr/bin/env node
import { runMain } from './run-main.ts';
import { services } from './services.ts';
import { processTerminal } from './terminal.ts';

process.exitCode = await runMain(process.argv.slice(2), processTerminal(), services);
