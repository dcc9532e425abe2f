import { CanbaoError, type Language } from '../core/errors/canbao-error.ts';

/** `--lang` as given, otherwise the system's. @throws cli.bad_option */
export function parseLanguage(option: string | undefined): Language {
  if (option === undefined) return systemLanguage();
  if (option === 'en' || option === 'zh') return option;
  throw new CanbaoError('cli.bad_option', { option: '--lang', reason: 'en or zh' });
}

/** The language for reporting that the arguments themselves, `--lang` perhaps, are wrong. */
export function languageOf(args: readonly string[]): Language {
  const option = args[args.indexOf('--lang') + 1];
  return option === 'en' || option === 'zh' ? option : systemLanguage();
}

function systemLanguage(): Language {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
