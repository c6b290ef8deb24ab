/** The few parts of node-forge that the certificate needs; the package has no types of its own. */
declare module 'node-forge' {
  namespace forge {
    interface PublicKey {
      readonly n: unknown;
    }
    interface PrivateKey {
      readonly d: unknown;
    }
    interface MessageDigest {
      readonly algorithm: string;
    }
    interface Certificate {
      publicKey: PublicKey;
      serialNumber: string;
      readonly validity: { notBefore: Date; notAfter: Date };
      setSubject(attributes: readonly object[]): void;
      setIssuer(attributes: readonly object[]): void;
      setExtensions(extensions: readonly object[]): void;
      sign(key: PrivateKey, digest: MessageDigest): void;
    }
  }
  const forge: {
    readonly pki: {
      createCertificate(): forge.Certificate;
      certificateToPem(certificate: forge.Certificate): string;
      publicKeyFromPem(pem: string): forge.PublicKey;
      privateKeyFromPem(pem: string): forge.PrivateKey;
    };
    readonly md: { readonly sha256: { create(): forge.MessageDigest } };
  };
  export default forge;
}
