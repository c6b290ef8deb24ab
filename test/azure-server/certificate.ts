import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';

export interface Certificate {
  /** PEM of the server's key and certificate, and of the authority that signed it. */
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

let made: Certificate | undefined;

/** One for all servers of a process: keys take their time. */
export function certificate(): Certificate {
  made ??= makeCertificate();
  return made;
}

/** Where `NODE_EXTRA_CA_CERTS` finds the authority. */
export function writeCaFile(ca: string): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-azure-'));
  const file = join(folder, 'ca.pem');
  writeFileSync(file, ca);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function makeCertificate(): Certificate {
  const [authority, server] = [keyPair(), keyPair()];
  const issuer = [{ name: 'commonName', value: 'azrbac test authority' }];
  const ca = sign(authority, authority, issuer, issuer, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const cert = sign(server, authority, [{ name: 'commonName', value: 'localhost' }], issuer, [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [dnsName('localhost'), ipAddress('127.0.0.1')] },
  ]);
  return { key: server.pem, cert, ca };
}

const dnsName = (value: string): object => ({ type: 2, value });
const ipAddress = (ip: string): object => ({ type: 7, ip });

interface KeyPair {
  readonly pem: string;
  readonly publicKey: forge.PublicKey;
  readonly privateKey: forge.PrivateKey;
}

/** Node makes keys a hundred times as fast as forge. */
function keyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    pem: privateKey,
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
  };
}

function sign(
  subjectKeys: KeyPair,
  issuerKeys: KeyPair,
  subject: readonly object[],
  issuer: readonly object[],
  extensions: readonly object[],
): string {
  const made = forge.pki.createCertificate();
  made.publicKey = subjectKeys.publicKey;
  // A leading zero bit: serial numbers are positive.
  made.serialNumber = `01${randomBytes(8).toString('hex')}`;
  made.validity.notBefore = new Date(Date.now() - 86_400_000);
  made.validity.notAfter = new Date(Date.now() + 86_400_000 * 30);
  made.setSubject(subject);
  made.setIssuer(issuer);
  made.setExtensions(extensions);
  made.sign(issuerKeys.privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}
